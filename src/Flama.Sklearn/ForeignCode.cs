using System.Collections.Frozen;
using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>What to say of a class or function that a file refers to and that is not read: whose it is, and the way out.</summary>
internal static class ForeignCode
{
    private const string Onnx = "Export the model to ONNX, or train it with scikit-learn, XGBoost, LightGBM or CatBoost, and save it with joblib.dump.";
    private const string Network = "Save the network with its own library (model.save('model.keras'), torch.export.save), apart from the pickle.";
    private const string Series = "A forecast goes on from training's series; it is not an answer to a row. Serve it with Python.";
    private const string Recommender = "It answers ids of its training, not rows. Serve it with Python.";
    private const string Text = "Train the text part with scikit-learn (TfidfVectorizer), or serve it with Python.";
    private const string Wrapper = "Take the fitted scikit-learn pipeline out of it and save that with joblib.dump.";
    private const string Training = "It is needed for training only: take the fitted model out of it and save that with joblib.dump.";

    private static readonly FrozenDictionary<string, (string Name, string Remedy)> Libraries = new Dictionary<string, (string Name, string Remedy)>(StringComparer.Ordinal)
    {
        ["torch"] = ("PyTorch", Network),
        ["skorch"] = ("skorch (PyTorch)", Network),
        ["pytorch_tabnet"] = ("TabNet (PyTorch)", Network),
        ["pytorch_lightning"] = ("PyTorch Lightning", Network),
        ["fastai"] = ("fastai (PyTorch)", Network),
        ["tensorflow"] = ("TensorFlow", Network),
        ["keras"] = ("Keras", Network),
        ["tf_keras"] = ("Keras", Network),
        ["scikeras"] = ("SciKeras (Keras)", Network),
        ["transformers"] = ("Hugging Face transformers", Text),
        ["sentence_transformers"] = ("sentence-transformers", Text),
        ["spacy"] = ("spaCy", Text),
        ["nltk"] = ("NLTK", Text),
        ["gensim"] = ("gensim", Text),
        ["fasttext"] = ("fastText", Text),
        ["flair"] = ("flair", Text),
        ["sklearn_crfsuite"] = ("sklearn-crfsuite", Text),
        ["bertopic"] = ("BERTopic", Text),
        ["prophet"] = ("Prophet", Series),
        ["fbprophet"] = ("Prophet", Series),
        ["neuralprophet"] = ("NeuralProphet", Series),
        ["pmdarima"] = ("pmdarima", Series),
        ["sktime"] = ("sktime", Series),
        ["darts"] = ("Darts", Series),
        ["tslearn"] = ("tslearn", Series),
        ["statsforecast"] = ("StatsForecast", Series),
        ["arch"] = ("arch", Series),
        ["surprise"] = ("Surprise", Recommender),
        ["implicit"] = ("implicit", Recommender),
        ["lightfm"] = ("LightFM", Recommender),
        ["pycaret"] = ("PyCaret", Wrapper),
        ["autogluon"] = ("AutoGluon", Wrapper),
        ["tpot"] = ("TPOT", Wrapper),
        ["autosklearn"] = ("auto-sklearn", Wrapper),
        ["flaml"] = ("FLAML", Wrapper),
        ["supervised"] = ("mljar-supervised", Wrapper),
        ["dask_ml"] = ("Dask-ML", Wrapper),
        ["skopt"] = ("scikit-optimize", Training),
        ["hyperopt"] = ("Hyperopt", Training),
        ["optuna"] = ("Optuna", Training),
        ["shap"] = ("SHAP", Training),
        ["lime"] = ("LIME", Training),
        ["matplotlib"] = ("matplotlib", Training),
        ["ngboost"] = ("NGBoost", Onnx),
        ["river"] = ("River", Onnx),
        ["hdbscan"] = ("hdbscan", Onnx),
        ["umap"] = ("UMAP", Onnx),
        ["pyod"] = ("PyOD", Onnx),
        ["sksurv"] = ("scikit-survival", Onnx),
        ["hmmlearn"] = ("hmmlearn", Onnx),
        ["kmodes"] = ("kmodes", Onnx),
        ["mlxtend"] = ("mlxtend", Onnx),
        ["skmultilearn"] = ("scikit-multilearn", Onnx),
        ["deslib"] = ("DESlib", Onnx),
        ["econml"] = ("EconML", Onnx),
        ["causalml"] = ("CausalML", Onnx),
        ["gplearn"] = ("gplearn", Onnx),
        ["pyearth"] = ("py-earth", Onnx),
        ["imodels"] = ("imodels", Onnx),
        ["optbinning"] = ("OptBinning", Onnx),
        ["skrub"] = ("skrub", Onnx),
        ["dirty_cat"] = ("dirty_cat", Onnx),
        ["fancyimpute"] = ("fancyimpute", Onnx),
        ["pomegranate"] = ("pomegranate", Onnx),
        ["thundersvm"] = ("ThunderSVM", Onnx),
        ["cuml"] = ("RAPIDS cuML", Onnx),
        ["snapml"] = ("Snap ML", Onnx),
        ["h2o"] = ("H2O", Onnx),
        ["pyspark"] = ("Spark", Onnx),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What writes functions and classes of a script into a file.
    private static readonly string[] CodeWriters = ["dill", "cloudpickle", "marshal", "types"];

    // Python's own and those that values come from: naming one of these is not a library's model, and the reader says it all.
    private static readonly FrozenSet<string> Foundations = ((string[])
    [
        "numpy", "scipy", "pandas", "pyarrow", "joblib", "sklearn", "builtins", "__builtin__", "__main__", "os", "posix", "nt", "sys", "subprocess", "importlib", "runpy",
        "ctypes", "socket", "shutil", "pty", "commands", "code", "codeop", "platform", "pickle", "_pickle", "cPickle", "operator", "_operator", "functools", "io", "_io", "pathlib",
        "tempfile", "webbrowser", "urllib", "urllib2", "http", "ftplib", "smtplib", "threading", "_thread", "multiprocessing", "asyncio", "concurrent", "signal", "inspect", "ast",
        "distutils", "setuptools", "pip", "pdb", "bdb", "timeit", "trace", "cProfile", "profile", "doctest", "unittest", "logging", "json", "re", "string", "random", "copyreg",
        "copy_reg", "copy", "collections", "datetime", "decimal", "fractions", "uuid", "gc", "weakref", "zipfile", "tarfile", "bz2", "gzip", "lzma", "zlib", "codecs", "_codecs",
        "site", "test", "venv", "ensurepip", "sqlite3", "xml", "html", "email", "glob", "fileinput", "linecache", "enum", "abc", "contextlib", "itertools", "warnings", "traceback",
        "time", "resource", "mmap", "select", "ssl", "getpass", "pwd", "grp", "pydoc", "idlelib", "lib2to3", "py_compile", "compileall", "zipimport", "pkgutil", "pkg_resources",
    ]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong and what to do, where there is more to say than the reader says; null elsewhere.</summary>
    /// <param name="global">The class or function.</param>
    public static (string Message, string Remedy)? Explain(GlobalName global)
    {
        var dot = global.Module.IndexOf('.', StringComparison.Ordinal);
        var root = dot < 0 ? global.Module : global.Module[..dot];
        var name = InputCheck.Shorten(global.ToString());
        if (Array.IndexOf(CodeWriters, root) >= 0)
        {
            return ("it carries Python code of the script that wrote it (a function or a class), and code from a file is never run here",
                "Use numpy's functions by name in a FunctionTransformer, or do that step before the model, and save the model again without dill or cloudpickle.");
        }

        if (Libraries.TryGetValue(root, out var library))
        {
            return ($"it holds {name}, an object of {library.Name}, whose models are not served", library.Remedy);
        }

        if (Array.IndexOf(SklearnGlobals.Packages, root) >= 0)
        {
            return ($"it holds {name}, which is not among what is read of {root}", Onnx);
        }

        return Foundations.Contains(root)
            ? null
            : ($"it holds {name} of the module '{InputCheck.Shorten(root)}', which is no library that is known here, or code of your own; such code is never run",
                "Replace the step with one of scikit-learn, or export the model to ONNX.");
    }
}
