using Flama.Pickle.Globals;

namespace Flama.Pickle;

/// <summary>
/// The classes and functions that a pickle may refer to. What is not in the table stops the load; what is in it is still never run: a class
/// becomes a <see cref="PickleObject"/>, a function a <see cref="PickleSymbol"/>, and the few calls that build values are done by our own
/// code.
/// Names are compared ordinally, module and name as a whole, without attribute walks. Immutable and thread-safe.
/// </summary>
public sealed class GlobalTable
{
    // Bounds the work of looking a hostile name up.
    private const int LongestName = 255;

    private readonly Dictionary<GlobalName, PickleSymbol> symbols;
    private readonly Dictionary<string, GlobalRule?> packages;

    internal GlobalTable(Dictionary<GlobalName, PickleSymbol> symbols, Dictionary<string, GlobalRule?> packages, PickleConstructor? outside = null)
    {
        Outside = outside;
        this.symbols = new(symbols);
        this.packages = new(packages, StringComparer.Ordinal);
    }

    /// <summary>What plain data, numpy, scipy, pandas and joblib write.</summary>
    public static GlobalTable Default { get; } = MakeDefault();

    /// <summary>A builder that starts with everything in this table.</summary>
    public GlobalTableBuilder ToBuilder() => new(symbols, packages, Outside);

    /// <summary>Makes the value that a persistent id stands for; null where a file may not have one.</summary>
    internal PickleConstructor? Outside { get; }

    /// <summary>Finds a class or function; null when a file may not refer to it.</summary>
    internal PickleSymbol? Find(string module, string name)
    {
        var global = new GlobalName(module, name);
        if (symbols.TryGetValue(global, out var symbol))
        {
            return symbol;
        }

        return name.Length <= LongestName && module.Length <= LongestName
            && PythonName.IsModule(module) && FindPackage(module) is { } rule && (PythonName.IsClass(name) || (ReferenceEquals(rule, GlobalRule.ClassOfAnyName) && PythonName.IsModule(name)))
            ? new PickleSymbol(global) { Rule = rule }
            : null;
    }

    private static GlobalTable MakeDefault()
    {
        var builder = new GlobalTableBuilder();
        BuiltinGlobals.AddTo(builder);
        StandardLibraryGlobals.AddTo(builder);
        NumpyGlobals.AddTo(builder);
        NumpyRandomGlobals.AddTo(builder);
        ScipyGlobals.AddTo(builder);
        PandasGlobals.AddTo(builder);
        PyArrowGlobals.AddTo(builder);
        JoblibGlobals.AddTo(builder);
        DillGlobals.AddTo(builder);
        return builder.Build();
    }

    /// <summary>The rule of the innermost package that has one.</summary>
    private GlobalRule? FindPackage(string module)
    {
        var path = module;
        while (true)
        {
            if (packages.TryGetValue(path, out var rule))
            {
                return rule;
            }

            var dot = path.LastIndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            path = path[..dot];
        }
    }
}
