-- Lists by deadline of all matters, ended ones as well; those of open ones have an index of their own.
create index matter_due on matter (due, id);
