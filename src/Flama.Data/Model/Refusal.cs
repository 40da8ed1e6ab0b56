namespace Flama.Data.Model;

/// <summary>Failures of resources that cannot be served, when they are mapped.</summary>
internal static class Refusal
{
    public static FlamaException Of(Type entity, string reason, string remedy, Exception? cause = null) =>
        new(ErrorCodes.InvalidOption, $"'{entity.Name}' cannot be a data resource: {reason}.", remedy, cause);
}
