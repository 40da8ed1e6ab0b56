using System.Numerics.Tensors;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.NeuralNetwork;

/// <summary>An activation function by its name.</summary>
internal sealed class Activation
{
    private static readonly Activation[] Table =
    [
        new("identity", static _ => { }),
        new("relu", static rows => EachRow(rows, static values => TensorPrimitives.Max(values, 0, values))),
        new("tanh", static rows => EachRow(rows, HyperbolicTangent.Apply)),
        new("logistic", static rows => EachRow(rows, Expit.Apply)),
        new("softmax", Softmax.Rows),
        new("exp", static rows => EachRow(rows, Exponentiate)),
    ];

    private readonly string name;
    private readonly RowsAction apply;

    private Activation(string name, RowsAction apply)
    {
        this.name = name;
        this.apply = apply;
    }

    private delegate void RowsAction(OutputSlice rows);

    private delegate void SpanAction(Span<double> values);

    /// <summary>Finds the activation that an attribute names.</summary>
    public static Activation Find(EstimatorState state, string attribute)
    {
        var wanted = state.Text(attribute);
        return Array.Find(Table, activation => activation.name == wanted)
            ?? throw state.Unsupported($"{attribute}='{wanted}'", $"Known: {string.Join(", ", Table.Select(activation => activation.name))}.");
    }

    /// <summary>Replaces the numbers by their activations.</summary>
    public void Apply(OutputSlice rows) => apply(rows);

    private static void Exponentiate(Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = Math.Exp(value);
        }
    }

    private static void EachRow(OutputSlice rows, SpanAction action)
    {
        if (rows.IsContiguous)
        {
            action(rows.Numbers);
            return;
        }

        for (var row = 0; row < rows.Rows; row++)
        {
            action(rows.Row(row));
        }
    }
}
