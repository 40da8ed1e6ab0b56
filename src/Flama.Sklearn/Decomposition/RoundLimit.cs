namespace Flama.Sklearn.Decomposition;

/// <summary>How many rounds an iteration over rows may take.</summary>
internal static class RoundLimit
{
    // Searches end by their tolerance long before; a file must not make a row take for ever.
    private const int Most = 100_000;

    /// <summary>Reads a number of rounds.</summary>
    public static int Read(EstimatorState state, string attribute, int absent)
    {
        var rounds = state.Integer(attribute, absent);
        return rounds <= Most ? rounds : throw state.Fail($"its attribute '{attribute}' is {rounds}, more than {Most}");
    }
}
