using System.Globalization;

namespace Flama.Scoring.Output;

/// <summary>What the columns of results are called in comma-separated values.</summary>
/// <param name="Method">The method that was asked.</param>
/// <param name="Width">How many values a row has, where the model tells before it has answered.</param>
/// <param name="Classes">The classes that the columns belong to; empty when there are none.</param>
internal sealed record ResultColumns(string Method, int? Width, IReadOnlyList<Scalar> Classes)
{
    /// <summary>Reads them off a method.</summary>
    public static ResultColumns Of(ModelMethod method) => new(
        method.Name,
        method.Outputs[0].Shape is [_, { Length: { } width }] ? (int)width : null,
        method.Outputs[0].Columns?.Labels ?? []);

    /// <summary>The names: the method's for one value; with the class, else with the position, for several.</summary>
    public IReadOnlyList<string> Names(int count) => count == 1
        ? [Method]
        : [.. Enumerable.Range(0, count).Select(i => $"{Method}_{(Classes.Count == count ? TextOf(Classes[i]) : i.ToString(CultureInfo.InvariantCulture))}")];

    private static string TextOf(Scalar label) => label.Kind switch
    {
        ScalarKind.Text => label.Text!,
        ScalarKind.Integer => label.Integer.ToString(CultureInfo.InvariantCulture),
        _ => label.ToString(),
    };
}
