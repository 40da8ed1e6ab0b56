namespace Flama.Json;

/// <summary>The stable names of what can be wrong with an input.</summary>
internal static class ProblemTypes
{
    public const string NotAnObject = "object_type";
    public const string MissingInput = "missing";
    public const string NotAList = "list_type";
    public const string Empty = "empty_input";
    public const string FlatList = "flat_input";
    public const string MixedRows = "mixed_rows";
    public const string RowType = "row_type";
    public const string FeatureNames = "feature_names";
    public const string FeatureCount = "feature_count";
    public const string MissingFeature = "missing_feature";
    public const string UnknownFeature = "unknown_feature";
    public const string MissingValue = "missing_value";
    public const string NotANumber = "number_type";
    public const string UnreadableNumber = "number_parsing";
    public const string NumberRange = "number_range";
    public const string Infinity = "infinite_number";
    public const string NotText = "text_type";
    public const string UnknownCategory = "unknown_category";
    public const string NestedCell = "cell_type";
    public const string Schema = "schema_violation";
}
