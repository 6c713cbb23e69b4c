return await Latchkey.Cli.LatchkeyCommand.RunAsync(args);
