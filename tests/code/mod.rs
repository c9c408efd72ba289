//! Test sources and markers, one made-up source a language.

mod listing;
mod robust;
mod sources;
