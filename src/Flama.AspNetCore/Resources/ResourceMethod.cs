using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Flama.AspNetCore.Resources;

/// <summary>A method of a resource class that answers requests.</summary>
/// <param name="Method">The method.</param>
/// <param name="Attribute">What the class says of it.</param>
internal sealed record ResourceMethod(MethodInfo Method, ResourceMethodAttribute Attribute)
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>The HTTP methods; GET where the attribute has none.</summary>
    public string[] Verbs { get; } = Attribute.Methods.Count == 0 ? ["GET"] : [.. Attribute.Methods.Select(verb => verb.ToUpperInvariant())];

    /// <summary>The path below the resource's, with a slash in front and behind.</summary>
    public string Path { get; } = $"/{Attribute.Path.Trim('/')}/".Replace("//", "/", StringComparison.Ordinal);

    /// <summary>The methods of a class, those of its bases first.</summary>
    /// <exception cref="FlamaException">One cannot answer requests, or two answer the same (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static IReadOnlyList<ResourceMethod> Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods)] Type resource)
    {
        List<ResourceMethod> found = [];
        foreach (var method in resource.GetMethods(Any).Where(method => method.GetCustomAttribute<ResourceMethodAttribute>() is not null))
        {
            Check(resource, method);
            ResourceMethod next = new(method, method.GetCustomAttribute<ResourceMethodAttribute>()!);
            if (found.Find(other => other.Answers(next)) is { } same)
            {
                throw Wrong(resource, method, $"answers '{string.Join(", ", next.Verbs)} {next.Path}', and so does '{same.Method.Name}'", "Give each method a path, or an HTTP method, of its own.");
            }

            found.Add(next);
        }

        return found;
    }

    /// <summary>Whether the method stands at a place of the resource.</summary>
    public bool IsAt(string verb, string path) => Verbs.Contains(verb) && string.Equals(Path, path, StringComparison.OrdinalIgnoreCase);

    /// <summary>An error of a method, told by class and name.</summary>
    public static FlamaException Wrong(Type resource, MethodInfo method, string what, string remedy, Exception? inner = null) =>
        new(ErrorCodes.InvalidOption, $"'{resource.Name}.{method.Name}' {what}.", remedy, inner);

    private static void Check(Type resource, MethodInfo method)
    {
        if (!method.IsPublic)
        {
            throw Wrong(resource, method, "cannot answer requests: it is not public", "Make it public.");
        }

        if (method.IsGenericMethodDefinition)
        {
            throw Wrong(resource, method, "cannot answer requests: it has type parameters", "Name the types.");
        }

        if (Array.Find(method.GetParameters(), parameter => parameter.ParameterType.IsByRef) is { } byRef)
        {
            throw Wrong(resource, method, $"cannot answer requests: its parameter '{byRef.Name}' is passed by reference", "Pass it by value.");
        }
    }

    private bool Answers(ResourceMethod other) =>
        string.Equals(Path, other.Path, StringComparison.OrdinalIgnoreCase) && Verbs.Intersect(other.Verbs, StringComparer.OrdinalIgnoreCase).Any();
}
