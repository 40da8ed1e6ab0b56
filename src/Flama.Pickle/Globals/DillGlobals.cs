using Flama.Pickle.Numpy;

namespace Flama.Pickle.Globals;

/// <summary>What dill writes in place of an array: the call and the state that pickle itself would have written.</summary>
/// <remarks>Seen in pickles of dill 0.4: <c>_create_array(_reconstruct, (ndarray, (0,), b'b'), state, attributes)</c>. Its functions and code objects stay refused.</remarks>
internal static class DillGlobals
{
    private const int State = 2;
    private const int Attributes = 3;

    /// <summary>Adds it.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        foreach (var module in (string[])["dill._dill", "dill.dill"])
        {
            table.Add(module, new GlobalRule { Call = CreateArray, TakesSlices = true }, "_create_array");
        }
    }

    private static NdArray CreateArray(PickleCall call)
    {
        call.RequireCount(3, 4);
        if (call.Argument<PickleSymbol>(0).Global.Name != "_reconstruct"
            || call.Argument<PickleTuple>(1) is not { Count: 3 } parts || parts[0] is not PickleSymbol { Rule.IsArrayClass: true })
        {
            throw call.Refused("what it is to make is no array of numpy");
        }

        if (call.Arguments.Count > Attributes && call.Arguments[Attributes] is not null and not PickleDict { Count: 0 })
        {
            throw call.Refused("the array has attributes of its own");
        }

        var array = ArrayReader.FromState(call.Argument<PickleTuple>(State), call.Budget, call.Offset);
        array.Depth = array.Items.Count == 0 ? 0 : call.Arguments.Depth;
        return array;
    }
}
