//! Test sources: test cases, fixtures, classes and markers, by a table of languages.
