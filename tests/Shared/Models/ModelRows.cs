namespace Flama.Tests;

/// <summary>What tests ask of models of tables.</summary>
internal static class ModelRows
{
    /// <summary>The rows that <c>predict</c> takes, or the first method where there is no <c>predict</c>; unknown where there is no method.</summary>
    public static TableSpec RowsSpec(this Model model) =>
        (TableSpec?)(model.FindMethod(ModelMethod.Predict) ?? (model.Methods.Count > 0 ? model.Methods[0] : null))?.Input ?? TableSpec.Unknown;
}
