using Flama.Pickle.Globals;

namespace Flama.Pickle;

/// <summary>Makes a <see cref="GlobalTable"/>. A later entry of the same name replaces the earlier one. Not thread-safe.</summary>
public sealed class GlobalTableBuilder
{
    private readonly Dictionary<GlobalName, PickleSymbol> symbols = [];
    private readonly Dictionary<string, GlobalRule?> packages = new(StringComparer.Ordinal);
    private PickleConstructor? outside;

    /// <summary>Starts with nothing.</summary>
    public GlobalTableBuilder()
    {
    }

    internal GlobalTableBuilder(
        IEnumerable<KeyValuePair<GlobalName, PickleSymbol>> symbols, IEnumerable<KeyValuePair<string, GlobalRule?>> packages, PickleConstructor? outside)
    {
        this.outside = outside;
        this.symbols = new(symbols);
        this.packages = new(packages, StringComparer.Ordinal);
    }

    /// <summary>
    /// Adds every class of a package and the packages in it, as data: instances can be made, the class cannot be called. A class is told by
    /// its
    /// name: one ASCII identifier whose first letter, after underscores, is a capital.
    /// </summary>
    /// <param name="package">The package, for example <c>sklearn</c>.</param>
    /// <param name="callable">Whether a call of a class gives an instance too, with any arguments.</param>
    /// <param name="anyName">Whether every name is a class, as where code of the file itself defines them.</param>
    public GlobalTableBuilder AddPackage(string package, bool callable = false, bool anyName = false)
    {
        packages[package] = anyName ? GlobalRule.ClassOfAnyName : callable ? GlobalRule.CallableClass : GlobalRule.Class;
        return this;
    }

    /// <summary>Takes a package that is a part of an added one out again; single names of it can still be added.</summary>
    /// <param name="package">The package, for example <c>sklearn.externals</c>.</param>
    public GlobalTableBuilder ExcludePackage(string package)
    {
        packages[package] = null;
        return this;
    }

    /// <summary>Adds classes as data: instances can be made, the class cannot be called.</summary>
    public GlobalTableBuilder AddClasses(string module, params ReadOnlySpan<string> names) => Add(module, GlobalRule.Class, names);

    /// <summary>Adds functions, or classes that are only referred to, as data.</summary>
    public GlobalTableBuilder AddFunctions(string module, params ReadOnlySpan<string> names) => Add(module, GlobalRule.Symbol, names);

    /// <summary>Adds something that may be called.</summary>
    /// <param name="module">The module.</param>
    /// <param name="name">The name in the module.</param>
    /// <param name="constructor">Checks the arguments and makes the value.</param>
    public GlobalTableBuilder AddConstructor(string module, string name, PickleConstructor constructor) =>
        Add(module, new GlobalRule { Call = constructor }, name);

    /// <summary>Lets a file refer to values outside itself by persistent ids, as torch does with the storages of tensors.</summary>
    /// <param name="constructor">Checks the id, whose parts are the arguments of the call, and makes the value.</param>
    public GlobalTableBuilder AddPersistentIds(PickleConstructor constructor)
    {
        outside = constructor;
        return this;
    }

    /// <summary>Makes the table.</summary>
    public GlobalTable Build() => new(symbols, packages, outside);

    /// <summary>
    /// Adds other names for what is in the table already; a file that uses one gives the same as one that uses the first name.
    /// </summary>
    /// <param name="module">The module of the names that are in the table.</param>
    /// <param name="alias">The module that the same names may be found in, too.</param>
    /// <param name="names">The names.</param>
    internal GlobalTableBuilder AddAliases(string module, string alias, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            AddAlias(new GlobalName(module, name), new GlobalName(alias, name));
        }

        return this;
    }

    /// <summary>Adds another name for what is in the table already.</summary>
    internal GlobalTableBuilder AddAlias(GlobalName global, GlobalName alias)
    {
        symbols[alias] = symbols[global];
        return this;
    }

    internal GlobalTableBuilder Add(string module, GlobalRule rule, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var global = new GlobalName(module, name);
            symbols[global] = new PickleSymbol(global) { Rule = rule };
        }

        return this;
    }
}
