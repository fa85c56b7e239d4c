"""What every terminal command says of fixed inputs, kept so that a change of it is seen."""
