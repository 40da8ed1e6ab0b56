namespace Flama.Pickle.Globals;

/// <summary>joblib's mark that an array's bytes follow in the stream. Its older marks, which name other files, stay refused.</summary>
internal static class JoblibGlobals
{
    /// <summary>Adds it, under joblib's own name and the one it had inside scikit-learn.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        var rule = new GlobalRule { Create = static call => new PickleObject(call.Global, call.Arguments) { AwaitsArray = true } };
        table.Add("joblib.numpy_pickle", rule, "NumpyArrayWrapper");
        table.Add("sklearn.externals.joblib.numpy_pickle", rule, "NumpyArrayWrapper");
    }
}
