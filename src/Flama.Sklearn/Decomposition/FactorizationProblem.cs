namespace Flama.Sklearn.Decomposition;

/// <summary>What is minimised over W: the beta-divergence of X and W·H plus the penalties l1·Σ W and ½·l2·Σ W².</summary>
/// <param name="Components">H, one component a row.</param>
/// <param name="Gram">H·Hᵀ.</param>
/// <param name="Beta">2 for the squared difference, 1 for Kullback-Leibler, 0 for Itakura-Saito, or any other number.</param>
/// <param name="L1">The first penalty.</param>
/// <param name="L2">The second penalty.</param>
internal sealed record FactorizationProblem(Matrix Components, Matrix Gram, double Beta, double L1, double L2)
{
    /// <summary>Reads the parameters; penalties are per column since 1.0.</summary>
    public static FactorizationProblem Read(EstimatorState state, Matrix components)
    {
        var beta = state.Value("beta_loss") switch
        {
            "frobenius" => 2,
            "kullback-leibler" => 1,
            "itakura-saito" => 0,
            string name => throw state.Unsupported($"beta_loss='{name}'"),
            _ => state.Number("beta_loss", 2),
        };
        var ratio = state.Number("l1_ratio", 0);
        var alpha = state.Has("alpha_W") ? components.Columns * state.Number("alpha_W") : state.Number("alpha", 0);
        return new(components, components.Times(components.Transpose()), beta, alpha * ratio, alpha * (1 - ratio));
    }
}
