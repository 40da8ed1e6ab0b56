namespace Flama;

/// <content>Models of tables: scikit-learn, boosters, and their like.</content>
public static partial class ModelFormats
{
    /// <summary>A Python pickle, of any library.</summary>
    public static readonly ModelFormat Pickle = new("pickle", "a Python pickle")
    {
        Remedy = PickleEngine,
    };

    /// <summary>A pickle that is compressed as a whole, as joblib writes it.</summary>
    public static readonly ModelFormat Joblib = new("joblib", "a compressed Python pickle (joblib)")
    {
        Remedy = PickleEngine,
    };

    /// <summary>A zip archive of skops: scikit-learn without pickle.</summary>
    public static readonly ModelFormat Skops = new("skops", "a skops archive")
    {
        Framework = "sklearn",
        Remedy = PickleEngine,
    };

    /// <summary>An XGBoost model in JSON.</summary>
    public static readonly ModelFormat XGBoostJson = new("xgboost-json", "an XGBoost model in JSON")
    {
        Framework = "xgboost",
        Remedy = BoosterEngine,
    };

    /// <summary>An XGBoost model in UBJSON.</summary>
    public static readonly ModelFormat XGBoostUbjson = new("xgboost-ubj", "an XGBoost model in UBJSON")
    {
        Framework = "xgboost",
        Remedy = BoosterEngine,
    };

    /// <summary>An XGBoost model in the binary form of 2.0 and before.</summary>
    public static readonly ModelFormat XGBoostBinary = new("xgboost-binary", "an XGBoost model in the old binary format")
    {
        Framework = "xgboost",
        Remedy = BoosterEngine,
    };

    /// <summary>What <c>dump_model</c> of XGBoost writes, for people to read.</summary>
    public static readonly ModelFormat XGBoostDump = new("xgboost-dump", "a text dump of XGBoost, which lacks what predicting needs")
    {
        Framework = "xgboost",
        Remedy = "Save the model itself: booster.save_model('model.json').",
    };

    /// <summary>A LightGBM model in text.</summary>
    public static readonly ModelFormat LightGbmText = new("lightgbm-text", "a LightGBM model")
    {
        Framework = "lightgbm",
        Remedy = BoosterEngine,
    };

    /// <summary>What <c>dump_model</c> of LightGBM gives.</summary>
    public static readonly ModelFormat LightGbmJson = new("lightgbm-json", "a JSON dump of LightGBM")
    {
        Framework = "lightgbm",
        Remedy = "Save the model as text: booster.save_model('model.txt').",
    };

    /// <summary>A CatBoost model in its own binary form.</summary>
    public static readonly ModelFormat CatBoostBinary = new("catboost-cbm", "a CatBoost model (.cbm)")
    {
        Framework = "catboost",
        Remedy = BoosterEngine,
    };

    /// <summary>A CatBoost model in JSON.</summary>
    public static readonly ModelFormat CatBoostJson = new("catboost-json", "a CatBoost model in JSON")
    {
        Framework = "catboost",
        Remedy = BoosterEngine,
    };

    /// <summary>A PMML document.</summary>
    public static readonly ModelFormat Pmml = new("pmml", "a PMML document")
    {
        Framework = "pmml",
        Remedy = $"Take the model that it was made from and {DumpIt}",
    };

    /// <summary>A model directory of MLflow whose model file is not found by itself.</summary>
    public static readonly ModelFormat Mlflow = new("mlflow", "an MLflow model directory")
    {
        Framework = "mlflow",
        Remedy = "Give the path of the model file in it, for example model.pkl or model.xgb.",
    };

    /// <summary>A saved model or pipeline of Spark ML.</summary>
    public static readonly ModelFormat SparkMl = new("spark-ml", "a Spark ML model directory")
    {
        Framework = "spark",
        Remedy = OtherLibrary,
    };

    /// <summary>A zip archive of H2O.</summary>
    public static readonly ModelFormat H2OMojo = new("h2o-mojo", "an H2O MOJO archive")
    {
        Framework = "h2o",
        Remedy = OtherLibrary,
    };

    /// <summary>A zip archive of ML.NET.</summary>
    public static readonly ModelFormat MLNet = new("mlnet", "an ML.NET model")
    {
        Framework = "mlnet",
        Remedy = "Load it with ML.NET itself: mlContext.Model.Load(path, out var schema).",
    };

    /// <summary>A serialized object of R.</summary>
    public static readonly ModelFormat RData = new("r-data", "an object of R (.rds, .RData)")
    {
        Framework = "r",
        Remedy = OtherLibrary,
    };
}
