namespace Flama.Sklearn.Compose;

/// <summary>The estimators of <c>sklearn.compose</c>.</summary>
internal static class ComposeModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("ColumnTransformer", state => new ColumnTransformer(state), "sklearn.compose._column_transformer"),
        new("TransformedTargetRegressor", state => new TransformedTargetRegressor(state), "sklearn.compose._target"),
    ];
}
