//! The only module that knows pest: from grammar rules to the types of [`crate::model`].

pub mod citation;
mod hint;
pub mod identifier;
pub mod marker;
pub mod plain;
pub mod row;
pub mod spelled;
pub mod struck;
