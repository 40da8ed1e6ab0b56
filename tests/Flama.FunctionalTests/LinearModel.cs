using System.Text;

namespace Flama.FunctionalTests;

/// <summary>A model of one feature, as small as one gets.</summary>
internal static class LinearModel
{
    /// <summary>What <c>pickle.dumps(LinearRegression().fit(X, y), 3)</c> looks like for one feature, by hand.</summary>
    public static byte[] Pickle(double slope, double intercept)
    {
        StringBuilder text = new();
        text.Append("\u0080\u0003csklearn.linear_model._base\nLinearRegression\n)\u0081}(");
        Key("coef_");
        text.Append("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085C\u0001b\u0087R(K\u0001K\u0001\u0085");
        text.Append("cnumpy\ndtype\nX\u0002\0\0\0f8\u0089\u0088\u0087R(K\u0003X\u0001\0\0\0<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb");
        text.Append("\u0089C\u0008").Append(Encoding.Latin1.GetString(BitConverter.GetBytes(slope))).Append("tb");
        Key("intercept_");
        text.Append('G').Append(Encoding.Latin1.GetString([.. BitConverter.GetBytes(intercept).Reverse()]));
        Key("n_features_in_");
        text.Append("K\u0001");
        Key("_sklearn_version");
        text.Append("X\u0005\0\0\01.4.2");
        text.Append("ub.");
        return Encoding.Latin1.GetBytes(text.ToString());

        void Key(string name) => text.Append('X').Append((char)name.Length).Append("\0\0\0").Append(name);
    }
}
