using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Flama.Cli.Tests;

/// <summary>Streams and variables for one run of the program inside the test's process.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Both streams are memory only.")]
internal sealed class TestConsole
{
    private readonly MemoryStream output = new();
    private readonly StringWriter error = new() { NewLine = "\n" };

    public string Input { get; init; } = "";

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public ModelEngines Engines { get; init; } = new ModelEngines().AddManaged();

    public string Output => Encoding.UTF8.GetString(output.ToArray());

    public string Error => error.ToString().ReplaceLineEndings("\n");

    public CliConsole Console => field ??= new CliConsole(() => new MemoryStream(Encoding.UTF8.GetBytes(Input)), () => output, () => error)
    {
        Variable = name => Variables.GetValueOrDefault(name),
        Engines = Engines,
    };

    public Task<int> RunAsync(params string[] arguments) => CliProgram.RunAsync(arguments, Console);
}
