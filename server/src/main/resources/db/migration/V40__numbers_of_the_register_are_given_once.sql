-- The last number given in the register of a year. Whoever gives numbers holds the row until the end of the transaction,
-- so that two who register at once never give the same one and none is left out.
create table register_number (
  year integer primary key,
  last integer not null
);
