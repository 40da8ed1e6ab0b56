using Flama.Torch.Lowering;

namespace Flama.Torch.Programs;

/// <summary>A function of a program that callers may call. Thread-safe but for <see cref="Lower"/>, which one thread calls at a time.</summary>
/// <param name="name">Its name in the program.</param>
/// <param name="inputs">What it takes.</param>
internal abstract class ProgramMethod(string name, IReadOnlyList<ProgramInput> inputs)
{
    public string Name { get; } = name;

    public IReadOnlyList<ProgramInput> Inputs { get; } = inputs;

    /// <summary>The arrays that callers give.</summary>
    public ProgramInput[] Arrays { get; private set; } = ArraysOf(inputs);

    /// <summary>What it answers, as far as the program tells; null where only a lowered graph does.</summary>
    public virtual OutputLayout? Layout => null;

    /// <summary>The type of its floating weights, where they have one.</summary>
    public virtual Archives.TorchType FloatType => Archives.TorchType.Float;

    /// <summary>Widths that rows may have, from its weights, likely ones first.</summary>
    public virtual IReadOnlyList<long> Widths => [];

    /// <summary>Takes what a user tells of the arrays, before anything is lowered.</summary>
    /// <param name="shapes">What is told.</param>
    /// <param name="isMain">Whether shapes without a name are meant for this method.</param>
    /// <exception cref="FlamaException">A shape contradicts the program.</exception>
    public void Tell(IReadOnlyList<InputShape> shapes, bool isMain) => Arrays = ShapeFit.Apply(Arrays, shapes, isMain);

    /// <summary>What a graph for certain arrays is lowered for.</summary>
    /// <exception cref="FlamaException">They are not what the method takes.</exception>
    public InputPattern[] PatternsOf(ModelArray?[] given) => [.. Arrays.Select((input, i) => InputPattern.Of(input, given[i]))];

    /// <summary>Writes its graph for inputs of certain types and lengths.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="arguments">The inputs: values of the graph, numbers, texts, None.</param>
    /// <param name="cancellationToken">Ends the work between steps.</param>
    /// <returns>What the program returns.</returns>
    /// <exception cref="FlamaException">It cannot be lowered, or refuses inputs like these.</exception>
    public abstract object? Lower(GraphWriter graph, object?[] arguments, CancellationToken cancellationToken);

    private static ProgramInput[] ArraysOf(IReadOnlyList<ProgramInput> inputs)
    {
        ProgramInput[] arrays = [.. inputs.SelectMany(static input => input.Arrays())];
        HashSet<string> names = new(StringComparer.Ordinal);
        return Array.Find(arrays, input => input.Name.Length == 0 || !names.Add(input.Name)) is { } wrong
            ? throw TorchErrors.Corrupt($"two inputs are named '{SafeText.OneLine(wrong.Name, 60)}', or one has no name")
            : arrays;
    }
}
