//! The only module that knows pest: from grammar rules to the types of [`crate::model`].

pub mod citation;
pub mod identifier;
pub mod marker;
pub mod plain;
pub mod row;
