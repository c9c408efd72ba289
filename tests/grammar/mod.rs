mod citation;
mod identifier;
