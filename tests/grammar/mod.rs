mod identifier;
