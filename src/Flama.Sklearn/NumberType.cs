using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn;

/// <summary>What a <c>dtype</c> parameter asks for: floats, whole numbers or booleans.</summary>
internal static class NumberType
{
    /// <summary>What the numbers of this type are.</summary>
    public static PredictionKind KindOf(EstimatorState state, string attribute = "dtype") => NameOf(state, attribute) switch
    {
        "bool" or "bool_" => PredictionKind.Boolean,
        var name when name.Contains("int", StringComparison.Ordinal) => PredictionKind.Integer,
        _ => PredictionKind.Float,
    };

    /// <summary>Whether results are rounded to float32.</summary>
    public static bool IsFloat32(EstimatorState state, string attribute = "dtype") => NameOf(state, attribute) is "float32" or "single";

    private static string NameOf(EstimatorState state, string attribute) => state.Value(attribute) switch
    {
        string name => name,
        PickleSymbol symbol => symbol.Global.Name,
        DType { Kind: DTypeKind.Float, ItemSize: 4 } => "float32",
        DType { Kind: DTypeKind.Integer or DTypeKind.Unsigned } => "int64",
        DType { Kind: DTypeKind.Boolean } => "bool",
        _ => "float64",
    };
}
