namespace Flama.Sklearn.Preprocessing;

/// <summary>The estimators of <c>sklearn.preprocessing</c>.</summary>
internal static class PreprocessingModule
{
    private const string Data = "sklearn.preprocessing._data";
    private const string OldData = "sklearn.preprocessing.data";

    public static readonly EstimatorEntry[] Entries =
    [
        new("FunctionTransformer", state => new FunctionTransformer(state), "sklearn.preprocessing._function_transformer"),
        new("MinMaxScaler", state => new MinMaxScaler(state), Data, OldData),
        new("OneHotEncoder", state => new OneHotEncoder(state), "sklearn.preprocessing._encoders"),
        new("StandardScaler", state => new StandardScaler(state), Data, OldData),
    ];
}
