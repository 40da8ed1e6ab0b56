namespace Flama.Fuzz;

/// <summary>The readers that are fuzzed, by name.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, FuzzTarget> Table = new(StringComparer.Ordinal)
    {
        ["model"] = ModelTarget.Run,
        ["audit"] = ModelTarget.Audit,
        ["csv"] = input => RowsTarget.Run(input, Scoring.RowsFormat.Csv),
        ["ndjson"] = input => RowsTarget.Run(input, Scoring.RowsFormat.NdJson),
        ["json"] = RowsTarget.RunJson,
        ["table"] = input => RowsTarget.Run(input, Scoring.RowsFormat.Csv),
        ["codec"] = CodecTarget.Run,
    };

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>Finds a reader; null when there is none of that name.</summary>
    public static FuzzTarget? Find(string name) => Table.GetValueOrDefault(name);
}
