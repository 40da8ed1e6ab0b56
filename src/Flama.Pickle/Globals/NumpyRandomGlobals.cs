namespace Flama.Pickle.Globals;

/// <summary>numpy's random number generators, kept as data: no model draws numbers when it predicts.</summary>
internal static class NumpyRandomGlobals
{
    /// <summary>Adds them.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        foreach (var name in (string[])["__randomstate_ctor", "__generator_ctor", "__bit_generator_ctor"])
        {
            table.AddConstructor("numpy.random._pickle", name, Make);
        }

        table.AddConstructor("numpy.random", "__RandomState_ctor", Make);
        table.AddConstructor("numpy.random.bit_generator", "__pyx_unpickle_SeedSequence", static call => call.Inert(call.Class(0)));
        table.AddClasses("numpy.random.bit_generator", "SeedSequence");
        table.AddClasses("numpy.random.mtrand", "RandomState");
        table.AddClasses("numpy.random._generator", "Generator");
        table.AddClasses("numpy.random._mt19937", "MT19937");
        table.AddClasses("numpy.random._pcg64", "PCG64", "PCG64DXSM");
        table.AddClasses("numpy.random._philox", "Philox");
        table.AddClasses("numpy.random._sfc64", "SFC64");
    }

    private static PickleObject Make(PickleCall call)
    {
        call.RequireCount(0, 2);
        return call.Inert();
    }
}
