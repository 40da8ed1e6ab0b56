using Flama.Schemas;

namespace Flama.Hosting.Repository;

/// <summary>What is decided about a directory of models. Read once, when the application starts.</summary>
public sealed class RepositoryOptions
{
    private const long LeastBudget = 1 << 20;

    /// <summary>The directory. <c>AddRepository(directory)</c> sets it.</summary>
    public string Directory { get; set; } = "";

    /// <summary>The path that HTTP serves the models below: <c>{Url}{name}/</c>. Default <c>/</c>.</summary>
    public string Url { get; set; } = "/";

    /// <summary>Which versions are served. Default the latest. A file <c>versions.json</c> in a model's directory can say otherwise for it.</summary>
    public VersionPolicy Versions { get; set; } = VersionPolicy.Latest;

    /// <summary>
    /// How often to look for new, changed and removed models and versions; zero for never. A new file is taken when it looks the same twice. Default five seconds.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How much memory the models may take together, in bytes, 1 MiB or more. A model that is asked for takes the place of those that were not used for the longest time;
    /// what is in use, pinned, or was loaded less than <see cref="MinResidency"/> ago stays, and where that leaves no room, callers get
    /// <see cref="ErrorCodes.Overloaded"/>. Null (default) for no limit: what was loaded stays.
    /// </summary>
    public long? MemoryBudgetBytes { get; set; }

    /// <summary>How long a model stays in memory at least, so that two that do not fit together do not push each other out at each request. Default one second.</summary>
    public TimeSpan MinResidency { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What becomes of rows that are against the schema of a model: <c>schema.json</c> in the directory of its version, else in that of the model, else the one of its package. Default
    /// <see cref="ValidationMode.Strict"/>, see <see cref="ServedModelOptions.Validation"/>.
    /// </summary>
    public ValidationMode Validation { get; set; }

    /// <summary>Whether answers are looked at, for finding faults of models: see <see cref="LoadOptions.ChecksAnswers"/>. Default false.</summary>
    public bool ChecksAnswers { get; set; }

    /// <summary>The names of models that are loaded when the application starts, stay in memory, and count for health. Default none.</summary>
    public IList<string> Pinned { get; } = [];

    /// <summary>Checks what is set.</summary>
    /// <exception cref="FlamaException">Something is out of range (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    internal void Check()
    {
        if (string.IsNullOrEmpty(Directory))
        {
            throw new FlamaException(ErrorCodes.InvalidOption, "The repository has no directory.", "Give it to AddRepository, or set Flama:Repository:Directory in the configuration.");
        }

        if (MemoryBudgetBytes < LeastBudget)
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"The memory budget of the repository is {MemoryBudgetBytes} bytes.", $"It must be {LeastBudget} or more.");
        }

        if (!EndpointPath.IsValid(Url))
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"A repository cannot be served at '{Url}'.", $"Give {EndpointPath.Expected}.");
        }

        if (PollInterval < TimeSpan.Zero || MinResidency < TimeSpan.Zero)
        {
            throw new FlamaException(ErrorCodes.InvalidOption, "A time of the repository is negative.", "Give zero or more.");
        }
    }

    /// <summary>What the heap holds; tests say it, because other tests of their process use the same heap.</summary>
    internal Func<long> HeapBytes { get; set; } = static () => GC.GetTotalMemory(forceFullCollection: false);
}
