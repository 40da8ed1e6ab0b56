using System.Runtime.CompilerServices;
using Flama.Hosting;
using Flama.Packaging;

namespace Flama.AspNetCore;

/// <summary>
/// A model at a path of an application with methods of its own beside those that the model has. A subclass says which model it is, and marks its own methods with
/// <see cref="ResourceMethodAttribute"/>; <c>MapModelResource</c> maps all of it.
/// </summary>
/// <remarks>
/// An object is made for each request of a method of its own, by the services of the request: its constructor and its methods may ask for any of them. Methods may be asynchronous. Their
/// parameters and answers are those of minimal APIs: from route, query, header, body or services. One that has the path of a built-in (<c>GET /</c>,
/// <c>POST /predict/</c>, …) takes its place. Mapping makes one object without a request to read its properties. Own methods have the limits of bodies and of time that built-ins have, unless they
/// say others; they are not counted by the gate of the model.
/// </remarks>
public abstract class ModelResource
{
    private LoadedModel? model;

    /// <summary>The name of the resource, and of its model where <see cref="ModelPath"/> is null. Default: the name of the class.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>What documents call it; the tag of its operations. Default: <see cref="Name"/>.</summary>
    public virtual string VerboseName => Name;

    /// <summary>
    /// The file of the model, relative to the application's content root or to the folder of its program. Null (default) for the model that <c>AddModel</c> added by the resource's
    /// name, which can be reloaded while it serves.
    /// </summary>
    public virtual string? ModelPath => null;

    /// <summary>The model of this request, the same until its answer is written. It predicts, and has metadata and artifacts.</summary>
    /// <exception cref="InvalidOperationException">There is no request, as in the constructor.</exception>
    protected LoadedModel Model => model ?? throw new InvalidOperationException("The model is there while a method answers a request: not in the constructor, nor when the resource is mapped.");

    /// <summary>The files that came with the model.</summary>
    /// <exception cref="FlamaException">The model was made without a package (<see cref="ErrorCodes.ArtifactNotFound"/>).</exception>
    protected ArtifactCollection Artifacts => Model.Artifacts ?? throw new FlamaException(
        ErrorCodes.ArtifactNotFound, $"The model of '{Name}' was made without a package, so that it has no artifacts.", "Map a model file.");

    /// <summary>Whether a built-in of the model is mapped. Asked when the resource is mapped, and again when a model with other methods takes the place of its model.</summary>
    /// <param name="method"><c>inspect</c>, <c>stream</c>, or a method of the model such as <c>predict</c>.</param>
    /// <returns>True, unless a subclass leaves it out.</returns>
    public virtual bool Maps(string method) => true;

    /// <summary>Something made of the model once and kept for all requests until the model is replaced, such as the content of an artifact.</summary>
    /// <param name="make">Makes it, from the model; may be called by several requests at first, of which one counts. Static, so that it keeps nothing of this request.</param>
    /// <typeparam name="T">What is kept; one thing of a type per resource class.</typeparam>
    protected T OncePerModel<T>(Func<LoadedModel, T> make)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(make);
        return Kept<T>.Of(GetType(), Model, make);
    }

    /// <summary>Gives the model of a request, which the caller keeps as long as the object is used.</summary>
    internal void Use(LoadedModel loaded) => model = loaded;

    private static class Kept<T>
        where T : class
    {
        private static readonly ConditionalWeakTable<LoadedModel, Dictionary<Type, T>> All = [];

        public static T Of(Type resource, LoadedModel model, Func<LoadedModel, T> make)
        {
            var kept = All.GetOrCreateValue(model);
            lock (kept)
            {
                if (kept.TryGetValue(resource, out var found))
                {
                    return found;
                }
            }

            var made = make(model);
            lock (kept)
            {
                return kept.TryAdd(resource, made) ? made : kept[resource];
            }
        }
    }
}
