using Flama.Cli;
using Flama.Onnx;

// Started by a server that tries a graph before it loads it; the command line is empty then.
return Environment.GetEnvironmentVariable(OnnxTrial.Variable) is { Length: > 0 } ? OnnxTrial.Run() : await CliProgram.RunAsync(args, CliConsole.OfProcess());
