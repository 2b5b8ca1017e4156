using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>What an object holds in its fields, as far as a module or a tensor could stand in it.</summary>
internal static class HeldFields
{
    // A replay buffer may hold a million tensors; layers are few.
    private const int MaxItems = 4096;

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();

    /// <summary>The fields a user's own class declares, base classes too, that are not null; those of TorchSharp's classes are its own affair.</summary>
    public static IEnumerable<(string Name, object Value)> Of(object holder)
    {
        foreach (var field in Fields.GetOrAdd(holder.GetType(), static type => [.. FieldsOf(type)]))
        {
            if (field.GetValue(holder) is { } value)
                yield return (Plain(field.Name), value);
        }
    }

    /// <summary>True for .NET's own lists, arrays, dictionaries, sets and tuples: nothing in them is registered by itself.</summary>
    public static bool IsCollection(object value) => value is Array or ITuple || value.GetType().Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true;

    /// <summary>What a collection of .NET's own holds, with the index or key of each.</summary>
    public static IEnumerable<(string Key, object Value)> Items(object collection)
    {
        if (!MayHold(collection.GetType()))
            yield break;
        if (collection is ITuple tuple)
        {
            for (var i = 0; i < tuple.Length; i++)
            {
                if (tuple[i] is { } item)
                    yield return ($".Item{i + 1}", item);
            }
        }
        else if (collection is IDictionary dictionary)
        {
            var left = MaxItems;
            foreach (DictionaryEntry entry in dictionary)
            {
                if (left-- > 0 && entry.Value is { } item)
                    yield return ($"[{(entry.Key is string key ? $"\"{key}\"" : entry.Key)}]", item);
            }
        }
        else if (collection is IEnumerable list)
        {
            var index = 0;
            foreach (var item in list.Cast<object?>().Take(MaxItems))
            {
                if (item is not null)
                    yield return ($"[{index}]", item);
                index++;
            }
        }
    }

    /// <summary>True for records and structs of the user's own: they carry values. Other classes may be anything, another network's trainer too, and are left alone.</summary>
    public static bool IsCarrier(Type type) =>
        type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true && !ModuleReader.IsBuiltIn(type)
        && ((type.IsValueType && !type.IsPrimitive && !type.IsEnum) || type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null);

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var at = type; at is not null && at != typeof(object) && at != typeof(nn.Module); at = at.BaseType)
        {
            if (ModuleReader.IsBuiltIn(at))
                continue;
            foreach (var field in at.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                if (MayHold(field.FieldType))
                    yield return field;
            }
        }
    }

    private static bool MayHold(Type type)
    {
        if (type.IsArray)
            return MayHold(type.GetElementType()!);
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsByRefLike || type == typeof(string) || typeof(Delegate).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type))
            return false;
        if (type.IsValueType && type.Namespace == "System" && !type.IsGenericType)
            return false;
        return !type.IsGenericType || type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true || Array.Exists(type.GetGenericArguments(), MayHold);
    }

    // <Name>k__BackingField of a property, <name>P of a parameter of a primary constructor.
    private static string Plain(string field) => field.StartsWith('<') && field.IndexOf('>') is var end and > 1 ? field[1..end] : field;
}
