namespace Flama.Sklearn.Tree;

/// <summary>Leaf values of classifiers with several outputs: padded to the output with most classes, which this takes out.</summary>
/// <param name="classesPerOutput">The number of classes of each output.</param>
internal sealed class TreeOutputs(int[] classesPerOutput)
{
    private readonly int widest = classesPerOutput.Max();

    /// <summary>Values a leaf: outputs times the largest number of classes.</summary>
    public int PaddedWidth => classesPerOutput.Length * widest;

    /// <summary>Whether padding is all zeros at the end, so that nothing has to be moved.</summary>
    public bool IsTight => classesPerOutput.All(count => count == widest);

    /// <summary>Moves padded values together.</summary>
    /// <param name="padded"><see cref="PaddedWidth"/> values.</param>
    /// <param name="output">As many values as there are classes in all outputs.</param>
    public void Compact(ReadOnlySpan<double> padded, Span<double> output)
    {
        var to = 0;
        for (var i = 0; i < classesPerOutput.Length; i++)
        {
            padded.Slice(i * widest, classesPerOutput[i]).CopyTo(output[to..]);
            to += classesPerOutput[i];
        }
    }
}
