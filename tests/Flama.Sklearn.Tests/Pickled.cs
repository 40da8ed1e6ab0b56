using System.Runtime.InteropServices;
using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Tests;

/// <summary>Makes objects as a pickle holds them.</summary>
internal static class Pickled
{
    /// <summary>An estimator with attributes, of scikit-learn 1.4.2 unless another version is given.</summary>
    public static PickleObject Estimator(string module, string name, params (string Name, object? Value)[] attributes)
    {
        var state = new PickleDict();
        state.Set("_sklearn_version", "1.4.2");
        foreach (var (attribute, value) in attributes)
        {
            state.Set(attribute, value);
        }

        return new PickleObject(new GlobalName(module, name), new PickleTuple([])) { State = state };
    }

    /// <summary>A one-dimensional float array.</summary>
    public static NdArray Vector(params double[] values) => Array(values, values.Length);

    /// <summary>A float array.</summary>
    public static NdArray Array(double[] values, params int[] shape) => new(DType.Float64, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>A one-dimensional int array.</summary>
    public static NdArray Integers(params long[] values) => new(DType.Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>A one-dimensional array of strings.</summary>
    public static NdArray Texts(params string[] values) => new([values.Length], [.. values]);

    /// <summary>A linear regression with two features.</summary>
    public static PickleObject LinearRegression(params (string Name, object? Value)[] more) =>
        Estimator("sklearn.linear_model._base", "LinearRegression", [("n_features_in_", 2L), ("coef_", Vector(2, 3)), ("intercept_", 1.0), .. more]);

    /// <summary>Makes the estimator.</summary>
    public static Estimator Build(object? value) => new EstimatorLoader().Build(value, "model", null);
}
