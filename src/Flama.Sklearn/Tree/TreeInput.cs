namespace Flama.Sklearn.Tree;

/// <summary>What all tree models share: the rule for cells, sums and means over trees.</summary>
internal static class TreeInput
{
    /// <summary>Finite float32 numbers; missing ones where the trees learnt a way for them.</summary>
    public static InputRule RuleFor(TreeReader trees) => InputRule.Floats32 with { TakesMissing = trees.LearntMissing };

    /// <summary>Sets everything to 0.</summary>
    public static void Clear(OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            output.Row(row).Clear();
        }
    }

    /// <summary>Divides everything.</summary>
    public static void Divide(OutputSlice output, double divisor)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            foreach (ref var value in output.Row(row))
            {
                value /= divisor;
            }
        }
    }
}
