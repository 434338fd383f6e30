"""What the search of people keeps beside the tables: SQLite's own full-text tables and their triggers, as DDL.

They hold nothing that cannot be made again from the contacts (`storage.search.index_many`), and they are SQLite's
alone: another engine will have its own index behind `storage.search`. Hence they are not part of the metadata.

- `search_docs`: one row a contact, the words it is found by. `search_index` is the full text over it: which contacts
  have a word, or a word that begins so.
- `search_words`: every different word of the base, with the number of contacts that have it. `search_parts` is the
  trigram index over it: which words contain these letters. It grows with the language, not with the base.
- `search_typos`: for every word the hashes of what is left of its start when one letter is lost. Two words that are
  one typo apart share such a remainder, so that a misspelt word costs a few look-ups however many words there are.
- `search_changes`: a row inserted here changes all of the above, for one contact or for thousands. One statement and
  not six: SQLite writes a full-text table to its pages at every statement, so a statement a contact is ten times slower.

Triggers keep both full-text tables in step, because a full-text table that misses a change of its rows is corrupt.
"""

from __future__ import annotations

PREFIX = "search_"
"""Every name here begins so; a comparison of the database with the metadata leaves such tables out."""

CREATE: list[str] = [
    "CREATE TABLE search_docs (contact_id INTEGER PRIMARY KEY, words TEXT NOT NULL)",
    # The words are folded and apart already: the plainest tokenizer keeps them as they are. @ and _ are for usernames.
    """CREATE VIRTUAL TABLE search_index USING fts5(
        words, content = 'search_docs', content_rowid = 'contact_id',
        detail = none, columnsize = 0, prefix = '1 2 3', tokenize = "ascii tokenchars '@_'"
    )""",
    """CREATE TRIGGER search_docs_insert AFTER INSERT ON search_docs BEGIN
        INSERT INTO search_index (rowid, words) VALUES (new.contact_id, new.words);
    END""",
    """CREATE TRIGGER search_docs_delete AFTER DELETE ON search_docs BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.contact_id, old.words);
    END""",
    """CREATE TRIGGER search_docs_update AFTER UPDATE ON search_docs BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.contact_id, old.words);
        INSERT INTO search_index (rowid, words) VALUES (new.contact_id, new.words);
    END""",
    "CREATE TABLE search_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, contacts INTEGER NOT NULL)",
    """CREATE VIRTUAL TABLE search_parts USING fts5(
        word, content = 'search_words', content_rowid = 'id',
        detail = none, columnsize = 0, tokenize = "trigram case_sensitive 1"
    )""",
    """CREATE TRIGGER search_words_insert AFTER INSERT ON search_words BEGIN
        INSERT INTO search_parts (rowid, word) VALUES (new.id, new.word);
    END""",
    """CREATE TRIGGER search_words_delete AFTER DELETE ON search_words BEGIN
        INSERT INTO search_parts (search_parts, rowid, word) VALUES ('delete', old.id, old.word);
    END""",
    # A word is looked up in every segment of a full-text table: merged by twos there are half as many of them.
    "INSERT INTO search_index (search_index, rank) VALUES ('automerge', 2)",
    "INSERT INTO search_parts (search_parts, rank) VALUES ('automerge', 2)",
    "CREATE TABLE search_typos (remainder INTEGER, word_id INTEGER, PRIMARY KEY (remainder, word_id)) WITHOUT ROWID",
    # docs: [[contact, words or null], …] by contact. counts: [[word, how many more contacts have it, [remainder, …]], …].
    "CREATE VIEW search_changes AS SELECT NULL AS docs, NULL AS counts",
    # A word nobody had gets its typos; one that nobody has any more is forgotten: the name of a person who was erased
    # must not stay behind.
    """CREATE TRIGGER search_changes_insert INSTEAD OF INSERT ON search_changes BEGIN
        DELETE FROM search_docs WHERE contact_id IN (
            SELECT json_extract(value, '$[0]') FROM json_each(new.docs) WHERE json_extract(value, '$[1]') IS NULL);
        INSERT INTO search_docs (contact_id, words)
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(new.docs)
            WHERE json_extract(value, '$[1]') IS NOT NULL
            ON CONFLICT (contact_id) DO UPDATE SET words = excluded.words;
        INSERT INTO search_words (word, contacts)
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(new.counts) WHERE true
            ON CONFLICT (word) DO UPDATE SET contacts = contacts + excluded.contacts;
        INSERT INTO search_typos (remainder, word_id)
            SELECT remainder.value, search_words.id FROM json_each(new.counts) AS counted
            CROSS JOIN search_words ON word = json_extract(counted.value, '$[0]')
            CROSS JOIN json_each(counted.value, '$[2]') AS remainder
            WHERE contacts = json_extract(counted.value, '$[1]') ORDER BY 1, 2;
        DELETE FROM search_typos WHERE (remainder, word_id) IN (
            SELECT remainder.value, search_words.id FROM json_each(new.counts) AS counted
            CROSS JOIN search_words ON word = json_extract(counted.value, '$[0]')
            CROSS JOIN json_each(counted.value, '$[2]') AS remainder
            WHERE contacts <= 0);
        DELETE FROM search_words WHERE contacts <= 0 AND word IN (
            SELECT json_extract(value, '$[0]') FROM json_each(new.counts) WHERE json_extract(value, '$[1]') < 0);
    END""",
]

DROP: list[str] = [
    "DROP VIEW search_changes",
    "DROP TABLE search_typos",
    "DROP TABLE search_parts",
    "DROP TABLE search_words",
    "DROP TABLE search_index",
    "DROP TABLE search_docs",
]
