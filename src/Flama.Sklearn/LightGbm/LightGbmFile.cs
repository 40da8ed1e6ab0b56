using System.Text;
using Flama.Pickle;

namespace Flama.Sklearn.LightGbm;

/// <summary>LightGBM's own files, as if they were pickles of the <c>Booster</c> that wrote them.</summary>
internal static class LightGbmFile
{
    /// <summary>Makes the object of a file.</summary>
    public static PickleObject Open(ReadOnlySpan<byte> bytes)
    {
        var state = new PickleDict();
        state.Set("_handle", Encoding.UTF8.GetString(bytes));
        return new(new GlobalName("lightgbm.basic", "Booster"), new PickleTuple([])) { State = state };
    }
}
