namespace Flama.Sklearn.Preprocessing;

/// <summary>The estimators of <c>sklearn.preprocessing</c>.</summary>
internal static class PreprocessingModule
{
    private const string Data = "sklearn.preprocessing._data";
    private const string OldData = "sklearn.preprocessing.data";
    private const string Encoders = "sklearn.preprocessing._encoders";
    private const string Label = "sklearn.preprocessing._label";
    private const string OldLabel = "sklearn.preprocessing.label";

    public static readonly EstimatorEntry[] Entries =
    [
        new("Binarizer", state => new Binarizer(state), Data, OldData),
        new("FunctionTransformer", state => new FunctionTransformer(state), "sklearn.preprocessing._function_transformer"),
        new("KBinsDiscretizer", state => new KBinsDiscretizer(state), "sklearn.preprocessing._discretization"),
        new("KernelCenterer", state => new KernelCenterer(state), Data, OldData),
        new("LabelBinarizer", state => new LabelBinarizer(state), Label, OldLabel),
        new("LabelEncoder", state => new LabelEncoder(state), Label, OldLabel),
        new("MaxAbsScaler", state => new MaxAbsScaler(state), Data, OldData),
        new("MinMaxScaler", state => new MinMaxScaler(state), Data, OldData),
        new("MultiLabelBinarizer", state => new MultiLabelBinarizer(state), Label, OldLabel),
        new("Normalizer", state => new Normalizer(state), Data, OldData),
        new("OneHotEncoder", state => new OneHotEncoder(state), Encoders),
        new("OrdinalEncoder", state => new OrdinalEncoder(state), Encoders),
        new("PolynomialFeatures", state => new PolynomialFeatures(state), "sklearn.preprocessing._polynomial", Data, OldData),
        new("PowerTransformer", state => new PowerTransformer(state), Data, OldData),
        new("QuantileTransformer", state => new QuantileTransformer(state), Data, OldData),
        new("RobustScaler", state => new RobustScaler(state), Data, OldData),
        new("SplineTransformer", state => new SplineTransformer(state), "sklearn.preprocessing._polynomial"),
        new("StandardScaler", state => new StandardScaler(state), Data, OldData),
        new("TargetEncoder", state => new TargetEncoder(state), "sklearn.preprocessing._target_encoder"),
    ];
}
