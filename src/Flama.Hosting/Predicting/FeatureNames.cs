namespace Flama.Hosting.Predicting;

/// <summary>Finds features by the names that a program uses: exactly, else without regard to letter case and underscores where that is unique.</summary>
internal sealed class FeatureNames
{
    private readonly Dictionary<string, int> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> loose = new(StringComparer.OrdinalIgnoreCase);

    public FeatureNames(TableSpec spec)
    {
        for (var i = 0; i < spec.Features.Count; i++)
        {
            if (spec.Features[i].Name is not { } name)
            {
                continue;
            }

            exact.TryAdd(name, i);
            var bare = Bare(name);
            loose[bare] = loose.ContainsKey(bare) ? -1 : i;
        }
    }

    /// <summary>The position of a feature; -1 when there is none.</summary>
    public int Find(string name) => exact.TryGetValue(name, out var position) || loose.TryGetValue(Bare(name), out position) ? position : -1;

    private static string Bare(string name) => string.Concat(name.Where(symbol => symbol is not ('_' or '-' or ' ' or '.')));
}
