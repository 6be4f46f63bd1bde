-- Saved views of the lists of matters stand beside those of the register.
alter table saved_view add column place text not null default 'register' check (place in ('register', 'matters'));
