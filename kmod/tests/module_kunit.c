// SPDX-License-Identifier: GPL-2.0
/*
 * The module that holds all test suites.
 */
#include <kunit/visibility.h>
#include <linux/module.h>

MODULE_DESCRIPTION("KUnit tests of vsw");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
