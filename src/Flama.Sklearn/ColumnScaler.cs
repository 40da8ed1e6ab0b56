namespace Flama.Sklearn;

/// <summary>A transformer that computes each column from that column alone, one to one; missing values stay missing.</summary>
internal abstract class ColumnScaler(EstimatorState state) : Transformer(state)
{
    /// <inheritdoc/>
    public override InputRule Input => InputRule.FloatsOrMissing;

    /// <inheritdoc/>
    protected override bool HasInverse => true;

    /// <inheritdoc/>
    public override bool TakesMissing(bool downstream) => downstream;
}
