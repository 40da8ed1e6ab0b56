using Flama.Cli;
using Flama.Cli.Serving;

return TrialProgram.IsAsked ? TrialProgram.Run() : await CliProgram.RunAsync(args, CliConsole.OfProcess());
