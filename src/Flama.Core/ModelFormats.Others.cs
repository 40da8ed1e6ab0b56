namespace Flama;

/// <content>What is handed over by mistake: data, documents, archives.</content>
public static partial class ModelFormats
{
    /// <summary>The few lines that Git keeps in a large file's place.</summary>
    public static readonly ModelFormat GitLfsPointer = new("git-lfs", "a Git LFS pointer")
    {
        Remedy = "The model itself was not downloaded. Run: git lfs pull",
        IsModel = false,
    };

    /// <summary>A Jupyter notebook.</summary>
    public static readonly ModelFormat Notebook = new("notebook", "a Jupyter notebook")
    {
        Remedy = $"Run it, and let it {DumpIt}",
        IsModel = false,
    };

    /// <summary>Python source code.</summary>
    public static readonly ModelFormat PythonSource = new("python", "Python source code")
    {
        Remedy = $"Run it, and let it {DumpIt}",
        IsModel = false,
    };

    /// <summary>A web page, as a failed download leaves it.</summary>
    public static readonly ModelFormat Html = new("html", "a web page")
    {
        Remedy = "The download gave a page instead of the file: log in, or use the link of the raw file.",
        IsModel = false,
    };

    /// <summary>A table of data in Parquet.</summary>
    public static readonly ModelFormat Parquet = new("parquet", "a Parquet table")
    {
        Remedy = DataRemedy,
        IsModel = false,
    };

    /// <summary>A table of data in Arrow.</summary>
    public static readonly ModelFormat Arrow = new("arrow", "an Arrow or Feather table")
    {
        Remedy = DataRemedy,
        IsModel = false,
    };

    /// <summary>Arrays of NumPy.</summary>
    public static readonly ModelFormat NumPy = new("numpy", "a NumPy array file (.npy, .npz)")
    {
        Remedy = $"Arrays are data. Give the model: {DumpIt}",
        IsModel = false,
    };

    /// <summary>Lines of text that look like a table.</summary>
    public static readonly ModelFormat Csv = new("csv", "a table of text (CSV)")
    {
        Remedy = DataRemedy,
        IsModel = false,
    };

    /// <summary>A workbook of Excel.</summary>
    public static readonly ModelFormat Excel = new("excel", "an Excel workbook")
    {
        Remedy = $"Save the sheet as CSV. {DataRemedy}",
        IsModel = false,
    };

    /// <summary>Some other JSON document.</summary>
    public static readonly ModelFormat Json = new("json", "a JSON document of no known model library")
    {
        Remedy = "Give the file that the library's own save function wrote.",
        IsModel = false,
    };

    /// <summary>A PDF document.</summary>
    public static readonly ModelFormat Pdf = new("pdf", "a PDF document")
    {
        Remedy = "Give the path of the model file.",
        IsModel = false,
    };

    /// <summary>Some other zip archive.</summary>
    public static readonly ModelFormat Zip = new("zip", "a zip archive of other files")
    {
        Remedy = NameTheModel,
        IsModel = false,
    };

    /// <summary>Some other tar archive.</summary>
    public static readonly ModelFormat Tar = new("tar", "a tar archive of other files")
    {
        Remedy = NameTheModel,
        IsModel = false,
    };

    /// <summary>An archive of 7-Zip or RAR.</summary>
    public static readonly ModelFormat SevenZip = new("7z", "a 7-Zip or RAR archive")
    {
        Remedy = NameTheModel,
        IsModel = false,
    };

    /// <summary>A compressed file of something that is not read compressed.</summary>
    public static readonly ModelFormat Compressed = new("compressed", "a compressed file")
    {
        Remedy = "Decompress it first, and give the path of what comes out.",
        IsModel = false,
    };

    /// <summary>Some other directory.</summary>
    public static readonly ModelFormat Directory = new("directory", "a directory in which no model is recognised")
    {
        Remedy = "Give the path of the model file in it.",
        IsModel = false,
    };

    /// <summary>Nothing that is known.</summary>
    public static readonly ModelFormat Unknown = new("unknown", "a file of no known format")
    {
        Remedy = "Known are .flm packages, pickle, joblib and skops files, XGBoost, LightGBM and CatBoost, ONNX, TorchScript, torch.export, Keras and TensorFlow.",
        IsModel = false,
    };
}
