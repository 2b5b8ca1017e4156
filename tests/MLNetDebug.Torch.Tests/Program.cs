using MLNetDebug.Torch.Zoo;

// Run as a program, the test project prints the tables of networks.
return NetworkTables.Run(args);
