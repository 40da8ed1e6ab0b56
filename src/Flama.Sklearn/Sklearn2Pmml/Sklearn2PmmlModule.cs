namespace Flama.Sklearn.Sklearn2Pmml;

/// <summary>The decorations of <c>sklearn2pmml</c>: what a column may hold, checked and mended before it is used.</summary>
internal static class Sklearn2PmmlModule
{
    private const string Module = "sklearn2pmml.decoration";

    public static readonly EstimatorEntry[] Entries =
    [
        new("Alias", state => new TransformerAlias(state), Module),
        new("CategoricalDomain", state => DomainTransformer.Of(state), Module),
        new("ContinuousDomain", state => DomainTransformer.Of(state), Module),
        new("ContinuousDomainEraser", state => new DomainTransformer(state, []), Module),
        new("DiscreteDomainEraser", state => new DomainTransformer(state, []), Module),
        new("MultiAlias", state => new TransformerAlias(state), Module),
        new("MultiDomain", state => DomainTransformer.OfMany(state), Module),
        new("OrdinalDomain", state => DomainTransformer.Of(state), Module),
    ];
}
