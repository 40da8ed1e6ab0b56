namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Orders strings by code point, as Python does; .NET's ordinal order puts surrogate pairs before the end of the basic plane.</summary>
internal sealed class CodePointComparer : IComparer<string>
{
    /// <summary>The only one.</summary>
    public static CodePointComparer Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        return (char.IsSurrogate(x[common]), char.IsSurrogate(y[common])) switch
        {
            (true, false) => 1,
            (false, true) => -1,
            _ => x[common].CompareTo(y[common]),
        };
    }
}
