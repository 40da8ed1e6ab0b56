namespace Flama.Sklearn.CategoryEncoders;

/// <summary>The estimators of <c>category_encoders</c>.</summary>
internal static class CategoryEncodersModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("BackwardDifferenceEncoder", state => new CategoryRowEncoder(state), "category_encoders.backward_difference"),
        new("BaseNEncoder", state => new CategoryRowEncoder(state), "category_encoders.basen"),
        new("BinaryEncoder", state => new CategoryRowEncoder(state), "category_encoders.binary"),
        new("CatBoostEncoder", state => new StatisticsEncoder(state), "category_encoders.cat_boost"),
        new("CountEncoder", state => new CountEncoder(state), "category_encoders.count"),
        new("GLMMEncoder", state => new CategoryValueEncoder(state), "category_encoders.glmm"),
        new("GrayEncoder", state => new CategoryRowEncoder(state), "category_encoders.gray"),
        new("HashingEncoder", state => new HashingEncoder(state), "category_encoders.hashing"),
        new("HelmertEncoder", state => new CategoryRowEncoder(state), "category_encoders.helmert"),
        new("JamesSteinEncoder", state => new CategoryValueEncoder(state), "category_encoders.james_stein"),
        new("LeaveOneOutEncoder", state => new StatisticsEncoder(state), "category_encoders.leave_one_out"),
        new("MEstimateEncoder", state => new CategoryValueEncoder(state), "category_encoders.m_estimate"),
        new("OneHotEncoder", state => new CategoryRowEncoder(state), "category_encoders.one_hot"),
        new("OrdinalEncoder", state => new OrdinalEncoder(state), "category_encoders.ordinal"),
        new("PolynomialEncoder", state => new CategoryRowEncoder(state), "category_encoders.polynomial"),
        new("QuantileEncoder", state => new CategoryValueEncoder(state), "category_encoders.quantile_encoder"),
        new("RankHotEncoder", state => new CategoryRowEncoder(state), "category_encoders.rankhot"),
        new("SumEncoder", state => new CategoryRowEncoder(state), "category_encoders.sum_coding"),
        new("SummaryEncoder", state => new SummaryEncoder(state), "category_encoders.quantile_encoder"),
        new("TargetEncoder", state => new CategoryValueEncoder(state), "category_encoders.target_encoder"),
        new("WOEEncoder", state => new CategoryValueEncoder(state), "category_encoders.woe"),
    ];
}
