using Flama.Json;

namespace Flama.Sklearn.KernelApproximation;

/// <summary>The check of estimators that take no negative values.</summary>
internal static class NonNegative
{
    /// <summary>Refuses negative values.</summary>
    /// <exception cref="FlamaException">There is one.</exception>
    public static void Check(Estimator estimator, FeatureBatch input)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Sparse is { } sparse ? sparse.ValuesOf(row) : input.Row(row);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] < 0)
                {
                    throw InputCheck.CellProblem(
                        estimator, input, row, input.Sparse?.ColumnsOf(row)[i] ?? i, ProblemTypes.NumberRange, $"the value {Scalar.Of(values[i])} is negative, which {estimator.Name} does not take");
                }
            }
        }
    }
}
