-- A studio's admin chooses the language of its new games.

GRANT UPDATE (locale) ON organizations TO app;
