using Microsoft.EntityFrameworkCore;

namespace Flama.Data.Errors;

/// <summary>Says to clients what a database did not do, in words of ours: those of databases hold SQL, names of tables and addresses.</summary>
internal static class DatabaseErrors
{
    /// <summary>The failure to answer with; null where the exception is not a matter of the database, or a bug.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="names">What constraints are called; null where that is not known.</param>
    /// <param name="isDeleting">Whether records were to be taken away.</param>
    public static FlamaException? Of(Exception exception, RecordNames? names = null, bool isDeleting = false)
    {
        if (exception is FlamaException or OperationCanceledException)
        {
            return null;
        }

        if (exception is DbUpdateConcurrencyException)
        {
            return new(ErrorCodes.Conflict, "The record was changed meanwhile.", "Send the request again.", exception);
        }

        return DatabaseFinding.In(exception) is { } finding ? Of(finding, exception, names, isDeleting) : null;
    }

    private static FlamaException? Of(DatabaseFinding finding, Exception exception, RecordNames? names, bool isDeleting)
    {
        var record = names?.Record ?? "record";
        var found = names?.Of(finding) ?? [];
        var members = found.Count > 0 ? string.Join(" and ", found.Select(name => $"'{name}'")) : null;
        return finding.Fault switch
        {
            DatabaseFault.Unique => new(
                ErrorCodes.Conflict, $"There is {Model.Article.With(record)} already with the same {members ?? "value where each must have its own"}.", "Give another value.", exception),
            DatabaseFault.ForeignKey => isDeleting
                ? new(ErrorCodes.Conflict, $"The {record} is still referred to.", "Take away, or change, what refers to it first.", exception)
                : new(ErrorCodes.Conflict, $"What the {record} refers to{(members is null ? "" : $" by {members}")} is not there.", "Refer to a record that is there.", exception),
            DatabaseFault.NotNull when names?.CanGive(found) == true => Invalid($"The {record} lacks {members ?? "a value that it must have"}.", exception),
            DatabaseFault.Check => new(ErrorCodes.Conflict, $"The {record} is against a rule of its table.", "Give other values.", exception),
            DatabaseFault.Data => Invalid($"The database does not take a value of the request{(members is null ? "" : $": {members}")}.", exception),
            DatabaseFault.Contention => new(ErrorCodes.DatabaseUnavailable, "Others are changing the same records.", "Send the request again later.", exception),
            DatabaseFault.Unavailable => new(ErrorCodes.DatabaseUnavailable, "The database does not answer, or cannot take the request now.", "Send the request again later.", exception),
            _ => null,
        };
    }

    private static FlamaException Invalid(string message, Exception exception) => new(ErrorCodes.InvalidInput, message, "Give other values.", exception);
}
